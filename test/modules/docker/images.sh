# Small images from busybox, as no registry can be asked: tiny:1, and tiny:2 with a label.
set -e
d=$(mktemp -d)
mkdir "$d/bin" "$d/tmp"
cp /bin/busybox "$d/bin/"
for name in sh sleep echo cat env true false hostname touch ls id tail; do ln -s busybox "$d/bin/$name"; done
tar -C "$d" -c . | docker import -c 'ENV PATH=/bin IMAGE=tiny' -c 'EXPOSE 8081' -c 'CMD ["sh"]' - tiny:1 >/dev/null
tar -C "$d" -c . | docker import -c 'ENV PATH=/bin IMAGE=tiny' -c 'LABEL made.by=hand' -c 'CMD ["sh"]' - tiny:2 >/dev/null
rm -r "$d"
