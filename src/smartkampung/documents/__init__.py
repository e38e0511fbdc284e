"""PDF, QR codes and what they verify."""
