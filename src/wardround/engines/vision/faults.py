"""What is raised where a model, rather than an image, is at fault."""

from wardround.kernel import WardroundError


class ModelFault(WardroundError):
    """The model did not answer, or answered something that its manifest does not declare.

    Whoever reads with the model abstains, and keeps the image: nothing is drafted from it.
    """
