"""Which families of clients a chain would work with, by what is documented of them and not by trying."""
