"""住民票住所: comparison ladder, existence checks against the packaged postal data."""
