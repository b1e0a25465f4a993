"""What the user chose: settings, environment, keys, and where files live."""
