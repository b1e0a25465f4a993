"""aipaint: a painting application for people who edit pictures with paid image models."""

__version__ = "0.1.0"
