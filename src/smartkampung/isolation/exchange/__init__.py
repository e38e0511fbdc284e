"""Stays as FHIR R4, for health systems that understand it (SATUSEHAT)."""
