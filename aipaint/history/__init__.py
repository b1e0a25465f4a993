"""Every job ever run and every picture bought, with files beside the database."""
