"""The commands of the program `bilin`, one file each; `bilin.app.cli` lists them."""
