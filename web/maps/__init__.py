"""Maps (图谱): what they show, where it stands, how the browser draws it."""
