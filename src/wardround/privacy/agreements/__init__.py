"""The register of business associate agreements, with every version and the signed documents."""
