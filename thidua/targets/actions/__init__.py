"""What can be done with targets: `drafting` by the member, `negotiation` between both sides."""
