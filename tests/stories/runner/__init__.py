"""What plays the stories: reading them, the platform under test, its pages, its mails, its log."""
