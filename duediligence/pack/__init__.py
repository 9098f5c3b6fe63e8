"""The pack that leaves the house: memo, exhibits and record of one issued memo, to be checked by anybody."""
