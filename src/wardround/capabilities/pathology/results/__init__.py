"""What was found on a slide: kept beside its draft, laid over the slide, taken along."""
