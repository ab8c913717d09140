"""The zoo: a private CA and servers good and bad, on loopback, made anew at each start."""
