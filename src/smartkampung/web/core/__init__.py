"""The frame that every page stands in: home, language, errors, gallery."""
