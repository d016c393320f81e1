-- No address moves: keys do not change once given. What first moves an address brings its own table.
drop table access_moved;
