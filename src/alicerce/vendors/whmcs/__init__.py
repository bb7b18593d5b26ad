"""A hosting company that never was, billed for a year as WHMCS says that it bills, and written as its dump.

Nothing here knows how we bill: that is what makes it something to compare with.
"""
