"""What the club does about grants and claims from the command line, as long as there is no back office."""
