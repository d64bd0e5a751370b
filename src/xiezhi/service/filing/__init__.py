"""网上立案: what is special to filing a case: choosing the court, the fee, what will be needed."""
