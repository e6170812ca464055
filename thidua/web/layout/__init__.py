"""The page and the command that check a PDF against the layout of NĐ 30/2020/NĐ-CP."""
