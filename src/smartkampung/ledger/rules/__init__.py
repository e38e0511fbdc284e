"""Pure decisions about the ledger and its proof."""
