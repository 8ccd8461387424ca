"""What tests stand on: databases, a browser, a clock, the files of the project."""
