"""What each page shows. One module a page; each gives its page, or none where it would be empty."""
