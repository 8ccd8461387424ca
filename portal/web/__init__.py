"""HTTP manners that the faces share: database session, doors, answers, words and pictures."""
