"""The bill of materials of a case, for machines: CycloneDX, from the evidence and nothing else."""
