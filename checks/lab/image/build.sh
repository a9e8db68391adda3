#!/usr/bin/env bash
# Builds the lab's guest: a Debian trixie that boots on QEMU and in systemd-nspawn, with the database servers of trixie
# and, below /opt/sid, those that only Debian sid has.
#
# Argument: the folder to write to. It then holds root.img (ext4, only ever read), vmlinuz, initrd.img and versions.
# Needs root, mmdebstrap, patchelf and e2fsprogs.
set -euo pipefail
recipe=$(cd "$(dirname "$0")" && pwd)
out=$1
work=$(mktemp -d -p "$out")
trap 'rm -rf "$work"' EXIT

packages() { grep -v '^#' "$recipe/$1.list" | paste -sd,; }

# sid's release file says that it is outdated as soon as a mirror lags.
bootstrap() { # SUITE TARGET
  mmdebstrap --quiet --variant=minbase --skip=check/qemu \
    --aptopt='APT::Install-Recommends "false"' --aptopt='Acquire::Check-Valid-Until "false"' \
    --dpkgopt='path-exclude=/usr/share/doc/*' --dpkgopt='path-exclude=/usr/share/man/*' \
    --dpkgopt='path-exclude=/usr/share/locale/*' --include="$(packages "$1")" "$1" "$2"
}

# sid's programs need sid's C library: each is told where its loader and its libraries are, as Nix does it. RPATH and
# not RUNPATH, because libraries of libraries are looked for as well.
embed_sid() {
  local system=$work/trixie/opt/sid program lib=/opt/sid/usr/lib/x86_64-linux-gnu
  mkdir -p "$work/trixie/opt"
  mv "$work/sid" "$system"
  rm -rf "${system:?}"/{dev,proc,sys,run,boot,var/cache,var/lib/apt,var/lib/dpkg}
  for program in "$system"/usr/sbin/mysqld "$system"/usr/bin/mysql* "$system"/usr/lib/postgresql/18/bin/*; do
    if [ -L "$program" ] || [ "$(head -c 4 "$program" | tail -c 3)" != ELF ]; then continue; fi
    patchelf --force-rpath --set-interpreter "$lib/ld-linux-x86-64.so.2" \
      --set-rpath "$lib:$lib/mysql/private:/opt/sid/usr/lib/mysql/private" "$program"
  done
}

# What a package's path stands for in the guest: a prefix with bin/, as in the Nix store.
link_package() { # NAME PATTERN BIN… : the last folder wins
  local prefix=$work/trixie/opt/packages/$1 pattern=$2 folder
  shift 2
  mkdir -p "$prefix/bin"
  for folder in "$@"; do
    find "$work/trixie$folder" -maxdepth 1 -mindepth 1 -name "$pattern" -printf "$folder/%f\n" |
      xargs -r ln -sft "$prefix/bin"
  done
}

link_all_packages() {
  local packages=$work/trixie/opt/packages
  link_package system '*' /usr/sbin /usr/bin
  link_package postgresql_17 '*' /usr/lib/postgresql/17/bin
  link_package postgresql_18 '*' /opt/sid/usr/lib/postgresql/18/bin
  link_package mysql97 'mysql*' /opt/sid/usr/sbin /opt/sid/usr/bin
  # Debian's default of secure_file_priv; MySQL does not start without it.
  mkdir -p "$work/trixie/var/lib/mysql-files"
  ln -s /opt/sid/usr/share "$packages/mysql97/share"
  ln -s /opt/sid/usr/lib "$packages/mysql97/lib"
  link_package mariadb_118 '*' /usr/sbin /usr/bin
  # The names that NixOS's module calls.
  ln -sf /usr/sbin/mariadbd "$packages/mariadb_118/bin/mysqld"
  ln -sf /usr/bin/mariadb "$packages/mariadb_118/bin/mysql"
  ln -sf /usr/bin/mariadb-install-db "$packages/mariadb_118/bin/mysql_install_db"
  ln -s bin "$packages/mariadb_118/sbin"
  ln -s /usr/share "$packages/mariadb_118/share"
  ln -s /usr/lib "$packages/mariadb_118/lib"
}

# Debian's units start servers with settings of their own, and timers that have no place in a test.
remove_debian_services() {
  local root=$work/trixie
  find "$root/var/lib/postgresql" "$root/var/lib/mysql" "$root/etc/postgresql" "$root/etc/mysql" -mindepth 1 -delete
  (
    cd "$root/usr/lib/systemd"
    rm -f "$root"/etc/init.d/* "$root"/etc/rc*.d/*
    rm -f system-generators/postgresql-generator
    find system "$root/etc/systemd/system" \( -name 'postgresql*' -o -name 'mariadb*' -o -name 'mysql*' -o -name 'apt-*' \
      -o -name 'dpkg-*' -o -name 'e2scrub*' -o -name 'fstrim*' -o -name 'systemd-networkd*' -o -name 'btrbk*' -o -name 'getty*' \
      -o -name 'ldconfig.service' -o -name 'ssh*' -o -name 'pgbackrest*' -o -name 'etcd*' -o -name 'patroni*' \) \
      -prune -exec rm -rf {} +
  )
}

# Under emulation every rule and every unit is time. What finds disks, partitions and filesystems stays.
trim_boot() {
  local units=$work/trixie/etc/systemd/system unit
  find "$work/trixie/usr/lib/udev/rules.d" -type f ! -name '50-udev-default*' ! -name '60-block.rules' \
    ! -name '60-persistent-storage.rules' ! -name '64-btrfs*' ! -name '55-dm.rules' ! -name '60-persistent-storage-dm.rules' \
    ! -name '95-dm-notify.rules' ! -name '80-drivers.rules' ! -name '99-systemd.rules' ! -name '90-btrfs*' ! -name '80-btrfs*' -delete
  for unit in tmp.mount run-lock.mount dev-hugepages.mount dev-mqueue.mount sys-kernel-config.mount \
    sys-kernel-debug.mount sys-kernel-tracing.mount sys-fs-fuse-connections.mount proc-sys-fs-binfmt_misc.automount \
    systemd-binfmt.service systemd-random-seed.service systemd-update-done.service systemd-sysctl.service \
    systemd-journal-catalog-update.service systemd-pcrphase.service \
    systemd-udev-load-credentials.service systemd-hibernate-clear.service; do
    ln -s /dev/null "$units/$unit"
  done
}

prepare_boot() {
  local root=$work/trixie
  : >"$root/etc/fstab"
  # A machine that has been started before: nothing is set up, updated or asked at boot.
  echo 0123456789abcdef0123456789abcdef >"$root/etc/machine-id"
  touch "$root/etc/.updated" "$root/var/.updated"
  echo dbtrfs-lab >"$root/etc/hostname"
  # As NixOS has it (networking.hosts), or sudo says that it cannot resolve its own host.
  echo "127.0.0.2 dbtrfs-lab" >>"$root/etc/hosts"
  chroot "$root" passwd --quiet --delete root
  cp -r "$recipe/files/." "$root/"
  find "$root/usr" "$root/usr/lib/x86_64-linux-gnu" -maxdepth 0 -exec touch --date=@0 {} +
  sed -i 's/^MODULES=.*/MODULES=list/' "$root/etc/initramfs-tools/initramfs.conf"
  mkdir -p "$root/etc/systemd/system/basic.target.wants"
  ln -s ../lab-shell.service ../lab-channel.service "$root/etc/systemd/system/basic.target.wants/"
  cp "$root"/boot/vmlinuz-* "$out/vmlinuz"
  chroot "$root" update-initramfs -u
  cp "$root"/boot/initrd.img-* "$out/initrd.img"
  rm -f "$root"/boot/initrd.img-* "$root"/boot/vmlinuz-*
}

record_versions() {
  chroot "$work/trixie" dpkg-query --show >"$out/versions"
  grep -x -A 8 -e 'Package: \(mysql-server-core\|postgresql-18\)' "$work/sid/var/lib/dpkg/status" |
    awk '/^Package:/ { name = $2 } /^Version:/ { print name, $2 }' >>"$out/versions"
}

bootstrap trixie "$work/trixie" &
trixie=$!
bootstrap sid "$work/sid"
wait "$trixie"
record_versions
embed_sid
link_all_packages
remove_debian_services
trim_boot
prepare_boot
rm -rf "$work"/trixie/var/cache/apt "$work"/trixie/var/lib/apt/lists
mke2fs -q -t ext4 -O ^has_journal -L dbtrfs-lab -m 0 -d "$work/trixie" "$out/root.img" 4G
