"""Documents of an imagined hospital, by another hand than the detector's."""
