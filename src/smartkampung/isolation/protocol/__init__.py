"""What holds for everybody in isolation on a day: versioned data with a source."""
