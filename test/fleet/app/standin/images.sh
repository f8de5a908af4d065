# Images of the stand-in: each argument is a version; one that begins with broken never gets ready.
set -e
d=$(mktemp -d)
mkdir -p "$d/bin" "$d/tmp" "$d/app/data" "$d/app/logs" "$d/etc"
chmod 1777 "$d/tmp"
cp /bin/busybox "$d/bin/"
for name in $(busybox --list); do [ -e "$d/bin/$name" ] || ln -s busybox "$d/bin/$name"; done
cp /root/standin/serve /root/standin/answer /root/standin/agent "$d/app/"
echo 'appuser:x:4242:4242::/app:/bin/sh' > "$d/etc/passwd"
tar -C "$d" -c . | docker import -c 'ENV PATH=/bin' -c 'USER appuser' -c 'WORKDIR /app' -c 'CMD ["/app/serve"]' - standin-base >/dev/null
for version; do
  broken=
  case $version in broken*) broken='cannot reach the database' ;; esac
  printf 'FROM standin-base\nENV VERSION=%s BROKEN="%s"\n' "$version" "$broken" | docker build -q -t "standin:$version" - >/dev/null
done
rm -r "$d"
