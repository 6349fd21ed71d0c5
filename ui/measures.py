"""Lengths (px at 100 %) of the frame, for its first drawing and for its real controls."""

RAIL_WIDTH = 236
STEPS_TOP, STEP_HEIGHT = 52, 38
HEADER_HEIGHT, STATUS_HEIGHT = 50, 36
