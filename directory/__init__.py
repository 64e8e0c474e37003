"""What does the city know about its places? Public knowledge only: this package never knows a person."""
