"""What stands in a text: sentences, numbers, moments and names, each with its place."""
