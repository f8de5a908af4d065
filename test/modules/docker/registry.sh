# A registry on port 5000 that lets in ada, whose password is "let me in".
set -e
cat > /etc/docker/registry/config.yml <<'Y'
version: 0.1
storage: { filesystem: { rootdirectory: /var/lib/docker-registry }, delete: { enabled: true } }
http: { addr: '127.0.0.1:5000' }
auth: { htpasswd: { realm: tests, path: /etc/docker/registry/users } }
Y
echo 'ada:$2y$04$noMMyOv6nxKJMltyUr04FeN/0zVH6FH2Zm8WesTxlaLasyA.MTSRG' > /etc/docker/registry/users
systemctl restart docker-registry
for _ in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15; do (: > /dev/tcp/127.0.0.1/5000) 2>/dev/null && break; sleep 0.3; done
