"""Who calls, and whether its role's policies let it: AWS's IAM as far as ministack models it."""
