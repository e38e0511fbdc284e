"""The public form "I have received no aid", one question a screen."""
