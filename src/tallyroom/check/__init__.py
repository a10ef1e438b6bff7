"""What can be found wrong in a record: one question a file, each answering with findings."""
