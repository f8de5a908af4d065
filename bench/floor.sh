#!/usr/bin/env bash
# floor.sh KEY HOST...: looks at everything that site.yml decides, the way a person would by hand: one plain ssh login
# per host, all at once, one script each.
key=$1
shift
script='home=/srv/quotes
getent group quotes
getent passwd quotes
files="$home $home/bin $home/conf $home/spool /var/log/quotes $home/conf/quotes.ini $home/conf/role $home/conf/neighbours
$home/bin/probe /usr/local/bin/quotes-probe /etc/systemd/system/quotes.service /etc/motd /etc/ssh/sshd_config
/etc/sysctl.d/70-quotes.conf /etc/security/limits.conf /etc/logrotate.d/quotes /var/spool/cron/crontabs/root"
for i in 0 1 2 3 4 5 6 7 8 9 10 11; do files="$files $home/spool/market$i"; done
stat -c "%n %F %a %U %G %s %Y %i" $files
sha256sum $home/conf/* $home/spool/* $home/bin/probe /etc/systemd/system/quotes.service /etc/motd \
  /etc/sysctl.d/70-quotes.conf /etc/logrotate.d/quotes
cat /etc/ssh/sshd_config /etc/security/limits.conf /var/spool/cron/crontabs/root
readlink /usr/local/bin/quotes-probe
dpkg-query -W -f "\${Package} \${Status}\n" cron procps sudo
systemctl show cron -p ActiveState,UnitFileState
$home/bin/probe
echo rc=$?
cat /etc/os-release /proc/meminfo /proc/cpuinfo
uname -a; hostname; ip -o addr; ip route; df -P'
for host in "$@"; do
  ssh -o StrictHostKeyChecking=no -o UserKnownHostsFile=/dev/null -o LogLevel=ERROR -i "$key" root@"$host" "$script" >/dev/null &
done
wait
