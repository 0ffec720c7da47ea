# Changes a tree as fast as it can: contents, modes, owners, times, extended attributes, kinds and names.
# churn.pl FOLDER SEED COUNT SHARE: the same seed makes the same changes. Without end where COUNT is 0; SHARE is how many of
# the changes of kinds and names are made.
use strict;
my ($root, $seed, $count, $share) = @ARGV;
srand $seed;
chdir $root or die "$root: $!\n";
my @parts = ('a' .. 'f', "new\nline", "r\r", 'sp ace', '*?[x]', '\\#012', "\xff\xfe", "\xc3\xa9", '-n', '#', ';', ':c', '~', '"', "'", '$x', '.h');
my $setxattr = { x86_64 => 188, aarch64 => 5 }->{(split ' ', `uname -m`)[0]};

sub pick { $_[int rand @_] }
sub path { join '/', map { pick(@parts) } 1 .. 1 + int rand 3 }
sub parents { my $path = ''; for (split m{/}, $_[0] =~ s{/?[^/]*$}{}r) { $path .= "$_/"; mkdir $path } }

# Nothing is looked up through a link: some lead out of the tree.
sub inside { my $path = $_[0]; while ($path =~ s{/[^/]*$}{}) { return 0 if -l $path } 1 }
sub remove {
  my ($path) = @_;
  if (-l $path or !-d $path) { return unlink $path }
  chmod 0755, $path;
  opendir my $names, $path or return;
  remove("$path/$_") for grep { !/^\.\.?$/ } readdir $names;
  rmdir $path;
}
sub put {
  my ($path, $how) = @_;
  return if -l $path or -d $path or -p $path;
  open my $file, $how, $path or return;
  print $file chr(97 + int rand 26) x int rand 3000;
}
sub stamp { return if -l $_[0]; my $at = 1_700_000_000 + int(rand 5) + pick(0, 0.25, 0.5); utime $at, $at, $_[0] }

my @inside = (
  (sub { put($_[0], '+<') }) x 6,
  (sub { put($_[0], '>>') }) x 2,
  (sub { chmod pick(0644, 0600, 0444, 0755, 04755, $> == 0 ? 0 : 0400), $_[0] if !-l $_[0] and -f _ }) x 2,
  sub { chmod pick(0755, 0700, 0555, 02775), $_[0] if !-l $_[0] and -d _ },
  sub { chown pick(0, 1234), pick(0, 4321), $_[0] if $> == 0 and !-l $_[0] },
  (\&stamp) x 2,
  sub {
    my ($path, $name, $value) = ($_[0], 'user.nbkp-test', chr(97 + int rand 26));
    syscall $setxattr, $path, $name, $value, 1, 0 if $setxattr and !-l $_[0] and -f _;
  },
);
my @names = (
  (sub { parents($_[0]); put($_[0], '>') }) x 6,
  (sub { my $to = path(); parents($to); rename $_[0], $to if inside($to) }) x 2,
  (sub { remove($_[0]) }) x 2,
  (sub { remove($_[0]); parents("$_[0]/x"); mkdir $_[0]; put("$_[0]/" . pick(@parts), '>') }) x 2,
  sub { parents($_[0]); symlink pick('/etc/hostname', 'a', '../b', 'no where'), $_[0] },
  sub { remove($_[0]); symlink pick('/etc', 'a', '.'), $_[0] },
  sub { parents($_[0]); my $from = path(); link $from, $_[0] if inside($from) },
  sub { parents($_[0]); system 'mkfifo', "./$_[0]" if rand() < 0.1 and !-l $_[0] and !-e _ and -d ($_[0] =~ s{/[^/]*$}{}r || '.') },
);
for (my $done = 0; $count == 0 || $done < $count; $done++) {
  my $path = path();
  next if !inside($path);
  if (rand(2) < 1) { pick(@inside)->($path) }
  elsif (rand() < $share) { pick(@names)->($path) }
}
