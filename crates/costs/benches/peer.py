"""The same job in DuckDB: peer.py FOLDER THREADS prints `cpu seconds;peak MB;wall seconds;md5`. Needs duckdb."""
import resource
import sys
import time

import duckdb

folder, threads = sys.argv[1], int(sys.argv[2])
began = time.time()
con = duckdb.connect()
con.execute(f"set threads={threads}")

# Each row's service, and the exact sum per month and service.
con.execute(f"""
create temp table direct as
select strftime(u.ChargePeriodStart, '%Y-%m') as month, coalesce(t.service, a.service) as service,
       sum(u.EffectiveCost) as cost
from read_parquet('{folder}/usage/*.parquet') u
left join read_parquet('{folder}/rules_tag.parquet') t on u.tag_app = t.tag_app
left join read_parquet('{folder}/rules_account.parquet') a on u.SubAccountId = a.SubAccountId
group by all""")

# A table `weighed` of (part, key, whole, weight): whole is split over the keys of a part by largest remainder.
SPLIT = """
with summed as (select *, sum(weight) over (partition by part) as weights from weighed),
     floors as (select *, (whole * weight) // weights as floor, (whole * weight) % weights as rest from summed),
     ranked as (select *, row_number() over (partition by part order by rest desc, key) as place,
                       whole - sum(floor) over (partition by part) as units_left from floors)
select part, key, floor + (case when place <= units_left then 1 else 0 end) as cents from ranked"""

con.execute("""
create temp table weighed as
select month as part, service as key, cast(cost * 1000000 as hugeint) as weight,
       cast(round(sum(cost) over (partition by month), 2) * 100 as hugeint) as whole
from direct qualify service is not null""")
con.execute(f"create temp table services as {SPLIT}")
con.execute(f"""
create or replace temp table weighed as
select s.part || ' ' || s.key as part, d.customer as key, cast(d.units as hugeint) as weight, s.cents as whole
from services s join read_parquet('{folder}/drivers.parquet') d on d.service = s.key and d.month = s.part""")
con.execute(f"create temp table lines as {SPLIT}")

used = resource.getrusage(resource.RUSAGE_SELF)
wall = time.time() - began
md5 = con.execute("""
select md5(string_agg(key || part[9:] || part[:7] || cents, ',' order by key, part[9:], part[:7])) from lines""").fetchone()[0]
print(f"{used.ru_utime + used.ru_stime:.2f};{used.ru_maxrss / 1024:.0f};{wall:.2f};{md5}")
