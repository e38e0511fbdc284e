"""How a stay is said in FHIR R4. Pure: facts in, a bundle out."""
