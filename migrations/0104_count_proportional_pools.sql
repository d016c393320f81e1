-- What pools sent in proportion to direct cost is from pools too.
update charging_service_costs set
    from_pools = (
        select cast(coalesce(sum(case when h.stage in ('pools', 'pools-proportional') then h.amount else 0 end), 0) as bigint)
        from charging_shares h where h.run_id = charging_service_costs.run_id
        and h.receiver = charging_service_costs.service and h.receiver_kind = 'service'
    );
