"""The election record: a folder of plain files, read and written without loss. Computes nothing."""
