"""What the guardrails read with: figures, denials, sides and medicines, in a note and in speech.

The readings are their own, apart from those the writer works with: a check that shared the
writer's reading would share its mistakes.
"""
