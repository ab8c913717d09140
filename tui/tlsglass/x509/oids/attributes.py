"""Attribute types of distinguished names. RFC 4514 §3, RFC 4519, RFC 5280 §4.1.2.4."""

SHORT_NAMES = {
    "2.5.4.3": "CN",
    "2.5.4.7": "L",
    "2.5.4.8": "ST",
    "2.5.4.10": "O",
    "2.5.4.11": "OU",
    "2.5.4.6": "C",
    "2.5.4.9": "STREET",
    "0.9.2342.19200300.100.1.25": "DC",
    "0.9.2342.19200300.100.1.1": "UID",
}
"""The names that every reader of RFC 4514 strings knows; all other types stand there as dotted OIDs."""

_TYPES = {
    "2.5.4.3": ("CN", "Common name"),
    "2.5.4.4": ("SN", "Surname"),
    "2.5.4.5": ("serialNumber", "Serial number"),
    "2.5.4.6": ("C", "Country"),
    "2.5.4.7": ("L", "Locality"),
    "2.5.4.8": ("ST", "State or province"),
    "2.5.4.9": ("STREET", "Street address"),
    "2.5.4.10": ("O", "Organization"),
    "2.5.4.11": ("OU", "Organizational unit"),
    "2.5.4.12": ("title", "Title"),
    "2.5.4.13": ("description", "Description"),
    "2.5.4.15": ("businessCategory", "Business category"),
    "2.5.4.16": ("postalAddress", "Postal address"),
    "2.5.4.17": ("postalCode", "Postal code"),
    "2.5.4.18": ("postOfficeBox", "Post office box"),
    "2.5.4.19": ("physicalDeliveryOfficeName", "Delivery office"),
    "2.5.4.20": ("telephoneNumber", "Telephone number"),
    "2.5.4.41": ("name", "Name"),
    "2.5.4.42": ("givenName", "Given name"),
    "2.5.4.43": ("initials", "Initials"),
    "2.5.4.44": ("generationQualifier", "Generation qualifier"),
    "2.5.4.45": ("x500UniqueIdentifier", "Unique identifier"),
    "2.5.4.46": ("dnQualifier", "Name qualifier"),
    "2.5.4.51": ("houseIdentifier", "House"),
    "2.5.4.54": ("dmdName", "Directory management domain"),
    "2.5.4.65": ("pseudonym", "Pseudonym"),
    "2.5.4.72": ("role", "Role"),
    "2.5.4.97": ("organizationIdentifier", "Organization identifier"),
    "0.9.2342.19200300.100.1.1": ("UID", "User id"),
    "0.9.2342.19200300.100.1.3": ("mail", "Mail address"),
    "0.9.2342.19200300.100.1.5": ("drink", "Favourite drink"),
    "0.9.2342.19200300.100.1.9": ("host", "Host"),
    "0.9.2342.19200300.100.1.25": ("DC", "Domain component"),
    "0.9.2342.19200300.100.1.41": ("mobile", "Mobile telephone number"),
    "1.2.840.113549.1.9.1": ("emailAddress", "Email address"),
    "1.2.840.113549.1.9.2": ("unstructuredName", "Unstructured name"),
    "1.2.840.113549.1.9.8": ("unstructuredAddress", "Unstructured address"),
    "1.3.6.1.4.1.311.60.2.1.1": ("jurisdictionLocalityName", "Jurisdiction, locality"),
    "1.3.6.1.4.1.311.60.2.1.2": ("jurisdictionStateOrProvinceName", "Jurisdiction, state or province"),
    "1.3.6.1.4.1.311.60.2.1.3": ("jurisdictionCountryName", "Jurisdiction, country"),
    "1.2.643.3.131.1.1": ("INN", "Russian taxpayer number (INN)"),
    "1.2.643.100.1": ("OGRN", "Russian company number (OGRN)"),
    "1.2.643.100.4": ("INNLE", "Russian taxpayer number of a company (INNLE)"),
    "1.2.643.100.5": ("OGRNIP", "Russian entrepreneur number (OGRNIP)"),
    "1.2.643.100.3": ("SNILS", "Russian insurance number (SNILS)"),
    "1.3.6.1.4.1.37244.1.1": ("matterNodeId", "Matter node"),
    "1.3.6.1.4.1.37244.1.3": ("matterIcacId", "Matter intermediate authority"),
    "1.3.6.1.4.1.37244.1.4": ("matterRcacId", "Matter root authority"),
    "1.3.6.1.4.1.37244.1.5": ("matterFabricId", "Matter fabric"),
    "1.3.6.1.4.1.37244.2.1": ("matterVid", "Matter vendor"),
    "1.3.6.1.4.1.37244.2.2": ("matterPid", "Matter product"),
    "1.3.6.1.5.5.7.9.1": ("dateOfBirth", "Date of birth"),
    "1.3.6.1.5.5.7.9.2": ("placeOfBirth", "Place of birth"),
    "1.3.6.1.5.5.7.9.3": ("gender", "Gender"),
    "1.3.6.1.5.5.7.9.4": ("countryOfCitizenship", "Country of citizenship"),
    "1.3.6.1.5.5.7.9.5": ("countryOfResidence", "Country of residence"),
}


def attribute_name(oid: str) -> str:
    """The short name of an attribute type ('CN', 'emailAddress'), or the dotted OID."""
    return _TYPES[oid][0] if oid in _TYPES else oid


def attribute_label(oid: str) -> str:
    """An attribute type in words ('Common name'), or the dotted OID."""
    return _TYPES[oid][1] if oid in _TYPES else oid
