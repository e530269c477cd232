"""Which codes the words of a text can mean."""
