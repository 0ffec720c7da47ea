/** Whether a path and all above it, up to what is in `%real` from the beginning, are folders and no links. */
const REAL = `sub real {
  my ($path) = @_;
  return $real{$path} //= real(parent($path)) && lstat $path && -d _ ? 1 : 0;
}`;

/**
 * It tries to link before it asks what a name is: link(2) refuses folders. So there is one call for each file. Who owns a folder
 * of the last snapshot could put a link in its place meanwhile: it goes into what it has seen and nothing else.
 *
 * It says at the end how many links it has made, after a slash, and before that two slashes if with the attributes of all folders
 * one would be there in which it could not write.
 */
export const LINK = `my ($base, $into) = @ARGV;
my ($left, $linked, $closed, @folders) = (0, 0, '', ['', '']);
while (my $next = pop @folders) {
  my ($folder, $seen) = @$next;
  chdir "$base/$folder" or die "$base/$folder: $!\\n";
  my ($device, $inode, $mode) = stat '.';
  die "$base/$folder is another folder now\\n" if $seen ne '' and $seen ne "$device:$inode";
  $closed = "//\\0" if $> and ($mode & 0700) != 0700;
  opendir my $names, '.' or die "$base/$folder: $!\\n";
  while (defined(my $name = readdir $names)) {
    if (link $name, "$into/$folder$name") { $linked++; next }
    next if $name eq '.' or $name eq '..';
    my ($device, $inode) = lstat $name or die "$base/$folder$name: $!\\n";
    if (!-d _) {
      die "$base/$folder: too much cannot be linked\\n" if ++$left > 10000;
      print "$folder$name\\0";
      next;
    }
    die "$base/$folder$name may hold pieces of files\\n" if $name eq '.rsync-partial';
    mkdir "$into/$folder$name", 0700 or die "$into/$folder$name: $!\\n";
    push @folders, ["$folder$name/", "$device:$inode"];
    print "$folder$name/\\0";
  }
}
print "$closed/$linked\\0";
close STDOUT or die "$!\\n";`;

/**
 * Each name on its standard input has a sign: `-` removes it, `+` sees that it is absent or a folder, `>` makes it another name
 * of the one with `=` before it. No name is looked up through anything but folders, and no folder is removed that is not empty.
 */
export const CLEAR = `my ($cleared, %real) = (0, '' => 1);
sub parent { $_[0] =~ m{^(.*)/[^/]*$}s ? $1 : '' }
sub real {
  my ($name) = @_;
  return $real{$name} if exists $real{$name};
  return $real{$name} = 0 if !real(parent($name));
  if (!lstat $name) { die "$name: $!\\n" if $! != 2; return $real{$name} = 0 }
  return $real{$name} = 1 if -d _;
  die "$name is in the way\\n" if $cleared;
  return $real{$name} = 0;
}
chdir $ARGV[0] or die "$ARGV[0]: $!\\n";
$/ = "\\0";
chomp(my @all = <STDIN>);
for my $name (sort { $b cmp $a } map { /^-(.*)/s } @all) {
  next if !real(parent($name));
  if (!lstat $name) { die "$name: $!\\n" if $! != 2; next }
  (-d _ ? rmdir $name : unlink $name) or die "$name: $!\\n";
}
($cleared, %real) = (1, '' => 1);
for my $name (map { /^\\+(.*)/s } @all) { real($name) }
sub folder {
  my ($name) = @_;
  return if real($name);
  folder(parent($name));
  mkdir $name, 0700 or die "$name: $!\\n";
  $real{$name} = 1;
}
my $leader;
for (@all) {
  $leader = $1 if /^=(.*)/s;
  next if !/^>(.*)/s;
  my $name = $1;
  die "$leader is in no folder\\n" if !real(parent($leader));
  folder(parent($name));
  link $leader, $name or die "$name: $!\\n";
}`;

/**
 * Each name on its standard input has a sign: `=` is an old one, of the last snapshot, `>` the new one that it gets where that is
 * free, with the folders that it needs, and `-` is one that only goes. No name is looked up through anything but folders. It says
 * what it has linked.
 *
 * With a third argument, a file gets no new name if another of its names stays, or gets one too: in the source these may be two
 * files, and here they would be one.
 */
export const MOVE = `my ($base, $into, $once) = @ARGV;
my %real = ($base => 1, $into => 1);
sub parent { $_[0] =~ m{^(.*)/[^/]*$}s ? $1 : die }
${REAL}
sub folder {
  my ($path) = @_;
  return 1 if real($path);
  return 0 if lstat $path or !folder(parent($path));
  mkdir $path, 0700 or die "$path: $!\\n";
  return $real{$path} = 1;
}
sub file {
  my ($path) = @_;
  return real(parent($path)) && lstat $path && (-f _ || -l _) ? join ':', (lstat _)[0, 1] : '';
}
$/ = "\\0";
chomp(my @all = <STDIN>);
my (@pairs, @gone, %staying);
for (@all) {
  push @pairs, [$1] if /^=(.*)/s;
  push @{$pairs[-1]}, $1 if /^>(.*)/s;
  push @gone, $1 if /^[-=](.*)/s;
}
$staying{file("$base/$$_[0]")} = 0 for @pairs;
if ($once) {
  $staying{$_}-- for grep { exists $staying{$_} } map { file("$base/$_") } @gone;
  my @folders = ($base);
  while (defined(my $folder = pop @folders)) {
    opendir my $names, $folder or die "$folder: $!\\n";
    for my $path (map { "$folder/$_" } grep { !/^\\.\\.?$/ } readdir $names) {
      my ($device, $inode) = lstat $path or die "$path: $!\\n";
      if (-d _) { push @folders, $path }
      elsif (exists $staying{"$device:$inode"}) { $staying{"$device:$inode"}++ }
    }
  }
}
for my $pair (@pairs) {
  my ($from, $to) = ("$base/$$pair[0]", "$into/$$pair[1]");
  my $file = file($from);
  next if $file eq '' or $staying{$file} or !folder(parent($to));
  link $from, $to or next;
  print "$$pair[1]\\0";
  $staying{$file}++ if $once;
}
close STDOUT or die "$!\\n";`;

/**
 * Each name on its standard input has a sign: `=` is an old one, and `>` the new one that it gets in its place where that is free,
 * with the folders that it needs. No name is looked up through anything but folders. It says what it has renamed, and which folders
 * it has made, with a slash at the end.
 *
 * With `once`, a file with another name keeps all of them. With a third argument, the last snapshot, only what has not been touched
 * since that was made gets another name: rsync looks at size and time alone.
 */
export const RENAME = `my ($into, $once, $base) = @ARGV;
my %real = ('' => 1);
sub parent { $_[0] =~ m{^(.*)/[^/]*$}s ? $1 : '' }
${REAL}
sub folder {
  my ($path) = @_;
  return 1 if real($path);
  return 0 if lstat $path or !folder(parent($path)) or !mkdir $path, 0700;
  print "$path/\\0";
  return $real{$path} = 1;
}
sub same {
  my ($old) = @_;
  return 0 if !real(parent($old)) or !lstat $old or !(-f _ || -l _);
  my @here = (lstat _)[1, 3, 7, 9, 10];
  return 0 if $once ne '' and $here[1] > 1;
  return 1 if !defined $base;
  return lstat "$base/$old" && "@here" eq join ' ', (lstat _)[1, 3, 7, 9, 10];
}
chdir $into or die "$into: $!\\n";
$/ = "\\0";
chomp(my @all = <STDIN>);
my $old;
for (@all) {
  $old = $1 if /^=(.*)/s;
  next if !/^>(.*)/s;
  my $name = $1;
  next if !same($old) or !folder(parent($name)) or lstat $name;
  rename $old, $name or next;
  print "$name\\0";
}
close STDOUT or die "$!\\n";`;

/**
 * Removes the names on its standard input, what is in a folder before that, and says what it has removed. No name is looked up
 * through anything but folders, and no folder is removed that is not empty.
 */
export const REMOVE = `my %real = ('' => 1);
sub parent { $_[0] =~ m{^(.*)/[^/]*$}s ? $1 : '' }
${REAL}
chdir $ARGV[0] or die "$ARGV[0]: $!\\n";
$/ = "\\0";
chomp(my @all = <STDIN>);
for my $name (sort { $b cmp $a } @all) {
  next if !real(parent($name)) or !lstat $name;
  (-d _ ? rmdir $name : unlink $name) or next;
  print "$name\\0";
}
close STDOUT or die "$!\\n";`;
