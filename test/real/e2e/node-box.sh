# The first process of the real node's namespaces (node-box.ts). Its end, which is the end of its stdin, takes all of the node along:
# processes, mounts, network, firewall rules. Argument: the node's directory.
set -eu
state=$1/state

# Of this namespace from here on, and shared below it, as a node's mounts are.
mount --make-rshared /
# Whatever the node writes is in memory: nothing of it stays.
for directory in "$state" /run /var/log /var/lib/cni; do
	mkdir -p "$directory"
	mount -t tmpfs node "$directory"
done

# kubelet sets these for the whole machine; here it finds them set, and the machine keeps its own.
settle() {
	mkdir -p "$state/sysctl"
	echo "$2" >"$state/sysctl/$1"
	mount --bind "$state/sysctl/$1" "/proc/sys/$(echo "$1" | tr . /)"
}
settle vm.overcommit_memory 1
settle vm.panic_on_oom 0
settle kernel.panic 10
settle kernel.panic_on_oops 1
settle kernel.keys.root_maxkeys 1000000
settle kernel.keys.root_maxbytes 25000000

# Of this network namespace alone.
echo 1 >/proc/sys/net/ipv4/ip_forward
ip link set lo up

echo ready
exec cat >/dev/null
