"""What do the benchmarks measure on? Made-up cities, other search engines, and a copied town."""
