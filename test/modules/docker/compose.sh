# Docker Compose 2 from the next release of Debian, whose package holds one program; apt's own lists stay as they are.
set -e
d=$(mktemp -d)
mkdir -p "$d/lists/partial"
echo 'deb http://deb.debian.org/debian trixie main' > "$d/list"
set -- -qq -o "Dir::Etc::SourceList=$d/list" -o Dir::Etc::SourceParts=/dev/null -o "Dir::State::Lists=$d/lists" -o APT::Sandbox::User=root
apt-get "$@" update
cd "$d"
apt-get "$@" download docker-compose
dpkg -x docker-compose_*.deb .
install -D usr/libexec/docker/cli-plugins/docker-compose /usr/libexec/docker/cli-plugins/docker-compose
rm -r "$d"
