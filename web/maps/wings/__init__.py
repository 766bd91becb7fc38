"""The two-winged map of a unit (双翼图): what it has to do on the left, with whom and by when on the right."""
