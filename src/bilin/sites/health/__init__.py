"""Health: how the sites are, whether their states are equal and their audit chains as they were."""
