# The intervals on offer, as systemd calendar expressions (systemd.time(7)).
{
  "5min" = "*:0/5";
  "10min" = "*:0/10";
  "15min" = "*:0/15";
  "20min" = "*:0/20";
  "30min" = "*:0/30";
  "1h" = "*:00";
  "2h" = "0/2:00";
  "3h" = "0/3:00";
  "4h" = "0/4:00";
  "6h" = "0/6:00";
  "12h" = "0/12:00";
  "1d" = "00:00";
  "1w" = "Sun 00:00";
}
