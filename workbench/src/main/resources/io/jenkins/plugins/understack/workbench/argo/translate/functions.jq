# What Go and Lua do and jq does not, for translated programs. A definition ends with an empty line; a program gets those it calls.
# Arguments are values, so nothing here depends on the input.

# --- Go: types

def go_wrong($what; $value):
  error($what + " is expected; found " + ($value | type));

def go_boolean($v):
  if ($v | type) == "boolean" then $v else go_wrong("a boolean"; $v) end;

def go_string($v):
  if ($v | type) == "string" then $v else go_wrong("a text"; $v) end;

def go_number($v):
  if ($v | type) == "number" then $v * 1.0 else go_wrong("a number"; $v) end;

def go_a_list($v):
  if ($v | type) == "array" then $v else go_wrong("a list"; $v) end;

def go_object($v):
  if ($v | type) == "object" then $v else go_wrong("an object"; $v) end;

def go_ascii($t):
  if go_string($t) | explode | map(select(. >= 128)) == [] then $t else error("only ASCII is translated; write this program in jq") end;

# --- Go: numbers as text

def go_repeat($count; $t):
  if $count < 0 then error("a text cannot be repeated " + ($count | tostring) + " times") else [range(0; $count) | $t] | join("") end;

# Shortest digits of a whole number beyond 2^53, which jq writes in full.
def go_shorten($digits):
  ($digits | tonumber | . * 1.0) as $x
  | ($digits | length) as $n
  | [(15, 16, 17) as $k
      | (($x / pow(10; $n - $k) | round | tostring | split("e")[0] | split(".")[0]) + go_repeat($n - $k; "0"))
      | select((tonumber | . * 1.0) == $x)]
  | if length > 0 then .[0] else $digits end;

# 123.4 is {sign: "", digits: "1234", point: 3}.
def go_decimal($v):
  ($v * 1.0 | tostring | ascii_downcase) as $t
  | ($t | ltrimstr("-") | split("e")) as $parts
  | ($parts[0] | split(".")) as $m
  | (if ($parts | length) == 1 and ($m | length) == 1 and ($m[0] | length) > 16 then go_shorten($m[0]) else $m[0] end) as $whole
  | ($whole + (if ($m | length) > 1 then $m[1] else "" end)) as $all
  | ($all | explode) as $c
  | [range(0; $c | length) | select($c[.] != 48)] as $k
  | (($whole | length) + (if ($parts | length) > 1 then ($parts[1] | ltrimstr("+") | tonumber) else 0 end)) as $point
  | (if $t | startswith("-") then "-" else "" end) as $sign
  | if $k == [] then {sign: $sign, digits: "0", point: 1}
    else {sign: $sign, digits: $all[$k[0]:$k[-1] + 1], point: ($point - $k[0])} end;

def go_plain($d):
  ($d.digits | length) as $n
  | $d.sign + (if $d.point <= 0 then "0." + go_repeat(-$d.point; "0") + $d.digits
      elif $d.point >= $n then $d.digits + go_repeat($d.point - $n; "0")
      else $d.digits[:$d.point] + "." + $d.digits[$d.point:] end);

def go_scientific($d; $least):
  ($d.point - 1) as $e
  | (if $e < 0 then -$e else $e end | tostring | split(".")[0]) as $abs
  | $d.sign + $d.digits[:1] + (if ($d.digits | length) > 1 then "." + $d.digits[1:] else "" end)
    + "e" + (if $e < 0 then "-" else "+" end) + (if ($abs | length) < $least then "0" else "" end) + $abs;

# %v of a float64: 1000000 is 1e+06.
def go_float_text($v):
  if ($v * 1.0 | isinfinite) then (if $v > 0 then "+Inf" else "-Inf" end)
  else go_decimal($v) | if .point - 1 < -4 or .point - 1 >= 6 then go_scientific(.; 2) else go_plain(.) end end;

# Digits of a whole number.
def go_integer_text($v):
  go_plain(go_decimal($v));

# --- Go: values as text

# %v: objects are map[a:1], absent is <nil>.
def go_text($v):
  $v | type
  | if . == "string" then $v
    elif . == "number" then go_float_text($v)
    elif . == "null" then "<nil>"
    elif . == "array" then "[" + ([$v[] | go_text(.)] | join(" ")) + "]"
    elif . == "object" then "map[" + ([$v | keys[] | . + ":" + go_text($v[.])] | join(" ")) + "]"
    else $v | tostring end;

# What {{ }} prints.
def go_print($v):
  if $v == null then "<no value>" else go_text($v) end;

# --- govaluate

def go_unbound($name):
  error("no field is named " + $name);

def go_elements($v):
  if ($v | type) == "array" then $v else [$v] end;

def go_in($v; $list):
  go_a_list($list) | map(select(. == $v)) != [];

def go_matches($t; $expression):
  go_string($expression) as $e | go_string($t) | test($e);

# Below, at or above 0.
def go_compare($a; $b):
  if ($a | type) != ($b | type) then error("two numbers or two texts are expected; found " + ($a | type) + " and " + ($b | type))
  elif ($a | type) != "number" and ($a | type) != "string" then go_wrong("a number or a text"; $a)
  elif $a < $b then -1 elif $a == $b then 0 else 1 end;

def go_plus($a; $b):
  if ($a | type) == "string" or ($b | type) == "string" then go_text($a) + go_text($b) else go_number($a) + go_number($b) end;

def go_divide($a; $b):
  if $b == 0 then (if $a == 0 then error("0 is divided by 0") elif $a > 0 then infinite else -infinite end) else $a / $b end;

def go_modulo($a; $b):
  if $b == 0 then error("the rest of a division by 0 is no number")
  else ($a / $b) as $q | $a - $b * (if $q < 0 then $q | ceil else $q | floor end) end;

# --- Go templates: values

# A key that is missing ends the way, a null in it is an error.
def go_at($v; $path):
  if ($path | length) == 0 then $v
  elif ($v | type) != "object" then error("there is no field " + $path[0] + " in a value of type " + ($v | type))
  elif $v | has($path[0]) then go_at($v[$path[0]]; $path[1:])
  else null end;

def go_truth($v):
  ($v == null or $v == false or $v == 0 or $v == "" or $v == [] or $v == {}) | not;

def go_not($v):
  go_truth($v) | not;

def go_key_text($v):
  if ($v | type) == "number" then go_integer_text($v) else go_print($v) end;

def go_entries($v):
  $v | type
  | if . == "array" then [range(0; $v | length) | {key: ., value: $v[.]}]
    elif . == "object" then [$v | keys[] | {key: ., value: $v[.]}]
    elif . == "null" then []
    else go_wrong("a list or an object"; $v) end;

def go_index($v; $k):
  if ($v | type) == "object" then $v[go_string($k)]
  elif ($v | type) != "array" then go_wrong("a list or an object"; $v)
  elif ($k | type) != "number" then go_wrong("a whole number"; $k)
  elif $k < 0 or $k >= ($v | length) then error("there is no element " + go_integer_text($k) + " in a list of " + ($v | length | tostring))
  else $v[$k] end;

def go_len($v):
  $v | type
  | if . == "string" then ($v | utf8bytelength)
    elif . == "array" or . == "object" then ($v | length)
    else go_wrong("a text, a list or an object"; $v) end;

def go_same($a; $b):
  if $a == null or $b == null then $a == $b
  elif ($a | type) != ($b | type) then error("values of types " + ($a | type) + " and " + ($b | type) + " cannot be compared")
  elif ($a | type) == "array" or ($a | type) == "object" then go_wrong("a text, a number or a boolean"; $a)
  else $a == $b end;

def go_eq($a; $others):
  if ($others | length) == 0 then false elif go_same($a; $others[0]) then true else go_eq($a; $others[1:]) end;

def go_verb_s($v):
  $v | type
  | if . == "string" then $v
    elif . == "number" then "%!s(float64=" + go_text($v) + ")"
    elif . == "boolean" then "%!s(bool=" + go_text($v) + ")"
    elif . == "null" then "%!s(<nil>)"
    else go_wrong("a text"; $v) end;

# --- sprig: texts

def go_upper($t):
  go_ascii($t) | ascii_upcase;

def go_lower($t):
  go_ascii($t) | ascii_downcase;

# Only what begins a word changes.
def go_title($t):
  go_ascii($t) | explode as $c
  | [range(0; $c | length) | . as $i
      | (if $i == 0 then 32 else $c[$i - 1] end) as $before
      | if $c[$i] >= 97 and $c[$i] <= 122 and ([$before] | implode | test("[^0-9A-Za-z_]")) then $c[$i] - 32 else $c[$i] end]
  | implode;

def go_is_space($c):
  ($c >= 9 and $c <= 13) or $c == 32 or $c == 133 or $c == 160 or $c == 5760 or ($c >= 8192 and $c <= 8202)
  or $c == 8232 or $c == 8233 or $c == 8239 or $c == 8287 or $c == 12288;

def go_strip($t; f):
  ($t | explode) as $c
  | [range(0; $c | length) | select($c[.] | f | not)] as $k
  | if $k == [] then "" else $c[$k[0]:$k[-1] + 1] | implode end;

def go_trim($t):
  go_strip($t; go_is_space(.));

def go_trimAll($cut; $t):
  ($cut | explode) as $cutset | go_strip($t; . as $c | $cutset | map(select(. == $c)) != []);

def go_trimPrefix($prefix; $t):
  $t | ltrimstr($prefix);

def go_trimSuffix($suffix; $t):
  $t | rtrimstr($suffix);

def go_nospace($t):
  $t | explode | map(select(go_is_space(.) | not)) | implode;

def go_replace($old; $new; $t):
  if $old == "" then [""] + ($t | explode | map([.] | implode)) + [""] | join($new)
  else $t | split($old) | join($new) end;

def go_substr($start; $stop; $t):
  go_ascii($t) | length as $n
  | if $start < 0 then (if $stop < 0 or $stop > $n then error("substr ends at " + ($stop | tostring) + " of " + ($n | tostring)) else $t[0:$stop] end)
    elif $start > $n or ($stop >= 0 and $stop <= $n and $start > $stop) then error("substr begins at " + ($start | tostring) + " of " + ($n | tostring))
    elif $stop < 0 or $stop > $n then $t[$start:]
    else $t[$start:$stop] end;

def go_trunc($count; $t):
  go_ascii($t) | length as $n
  | if $count < 0 then (if $n + $count > 0 then $t[$n + $count:] else $t end)
    elif $n > $count then $t[0:$count]
    else $t end;

def go_contains($part; $t):
  $part == "" or ($t | index($part)) != null;

def go_hasPrefix($prefix; $t):
  $t | startswith($prefix);

def go_hasSuffix($suffix; $t):
  $t | endswith($suffix);

def go_regexMatch($expression; $t):
  $t | test($expression);

def go_toString($v):
  go_text($v);

# JSON and Go write texts in quotes alike but for some characters that nobody prints.
def go_quoted($t):
  if $t | explode | map(select(((. >= 32 and . < 127) or . > 160 or (. >= 8 and . <= 10) or . == 12 or . == 13) | not)) == [] then $t | tojson
  else error("a character that cannot be printed is not translated; write this program in jq") end;

def go_quote($list):
  [$list[] | select(. != null) | go_quoted(go_text(.))] | join(" ");

def go_squote($list):
  [$list[] | select(. != null) | "'" + go_text(.) + "'"] | join(" ");

def go_cat($list):
  [$list[] | select(. != null) | go_text(.)] | join(" ");

def go_b64enc($t):
  $t | @base64;

def go_b64dec($t):
  ($t | split("\n") | join("") | split("\r") | join("")) as $b
  | if $b | test("^([A-Za-z0-9+/]{4})*([A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$") then $b | @base64d
    else error("the value is no base64") end;

def go_json_text($t):
  $t | tojson | split("<") | join("\\u003c") | split(">") | join("\\u003e") | split("&") | join("\\u0026");

def go_toJson($v):
  $v | type
  | if . == "string" then go_json_text($v)
    elif . == "number" then go_decimal($v) | if .point < -5 or .point > 21 then go_scientific(.; 1) else go_plain(.) end
    elif . == "array" then "[" + ([$v[] | go_toJson(.)] | join(",")) + "]"
    elif . == "object" then "{" + ([$v | keys[] | go_json_text(.) + ":" + go_toJson($v[.])] | join(",")) + "}"
    else $v | tojson end;

def go_fromJson($t):
  $t | try fromjson catch null;

# --- sprig: lists and objects

def go_splitList($separator; $t):
  if $separator == "" then $t | explode | map([.] | implode) elif $t == "" then [""] else $t | split($separator) end;

def go_split($separator; $t):
  go_splitList($separator; $t) as $parts
  | reduce range(0; $parts | length) as $i ({}; . + {("_" + ($i | tostring)): $parts[$i]});

def go_texts($v):
  $v | type
  | if . == "array" then [$v[] | select(. != null) | go_text(.)] elif . == "null" then [] else [go_text($v)] end;

def go_join($separator; $v):
  go_texts($v) | join($separator);

def go_sortAlpha($v):
  if $v == null then ["<nil>"] else go_texts($v) | sort end;

# The counterpart of list gets it as a list already.
def go_list($list):
  $list;

def go_first($v):
  go_a_list($v) | if length == 0 then null else .[0] end;

def go_last($v):
  go_a_list($v) | if length == 0 then null else .[-1] end;

def go_rest($v):
  go_a_list($v) | .[1:];

def go_initial($v):
  go_a_list($v) | .[0:-1];

def go_reverse($v):
  go_a_list($v) | [range(length - 1; -1; -1) as $i | .[$i]];

def go_has($needle; $v):
  if $v == null then false else go_a_list($v) | map(select(. == $needle)) != [] end;

def go_dict($list):
  reduce range(0; $list | length; 2) as $i ({}; . + {(go_text($list[$i])): (if $i + 1 < ($list | length) then $list[$i + 1] else "" end)});

def go_hasKey($v; $key):
  if $v == null then false else go_object($v) | has($key) end;

def go_get($v; $key):
  if go_hasKey($v; $key) then $v[$key] else "" end;

# --- sprig: numbers and choices

def go_int($v):
  $v | type
  | if . == "number" then
      (if $v >= 9e18 or $v <= -9e18 then error("the number is too large for a whole one") elif $v < 0 then $v | ceil else $v | floor end)
    elif . == "boolean" then (if $v then 1 else 0 end)
    elif . == "string" and ($v | test("^[+-]?(0|[1-9][0-9]{0,17})(\\.0+)?$")) then ($v | ltrimstr("+") | split(".")[0] | tonumber)
    elif . == "string" and ($v | test("^[+-]?0[0-9xXbBoO_]|_")) then error("a number with a base is not translated")
    else 0 end;

def go_int64($v):
  go_int($v);

def go_float64($v):
  $v | type
  | if . == "number" then $v * 1.0
    elif . == "boolean" then (if $v then 1 else 0 end)
    elif . == "string" and ($v | test("^[+-]?([0-9]+(\\.[0-9]*)?|\\.[0-9]+)([eE][+-]?[0-9]+)?$")) then ($v | ltrimstr("+") | tonumber * 1.0)
    else 0 end;

def go_add($list):
  reduce $list[] as $v (0; . + go_int($v));

def go_add1($v):
  go_int($v) + 1;

def go_sub($a; $b):
  go_int($a) - go_int($b);

def go_mul($list):
  reduce $list[] as $v (1; . * go_int($v));

def go_div($a; $b):
  if go_int($b) == 0 then error("a whole number is divided by 0") else go_int(go_int($a) / go_int($b)) end;

def go_mod($a; $b):
  if go_int($b) == 0 then error("a whole number is divided by 0") else go_modulo(go_int($a); go_int($b)) end;

def go_max($list):
  [$list[] | go_int(.)] | max;

def go_min($list):
  [$list[] | go_int(.)] | min;

def go_empty($v):
  go_truth($v) | not;

def go_default($otherwise; $v):
  if go_truth($v) then $v else $otherwise end;

def go_coalesce($list):
  [$list[] | select(go_truth(.))] | if length == 0 then null else .[0] end;

def go_ternary($a; $b; $v):
  if $v then $a else $b end;

# --- Lua

# Tables as Argo makes them of JSON: null goes, also in lists, and so do lists in lists; an empty list is an empty table.
def lua_from_json($v):
  $v | type
  | if . == "object" then
      (reduce ($v | keys_unsorted[]) as $k ({}; if $v[$k] == null then . else . + {($k): lua_from_json($v[$k])} end))
    elif . == "array" then
      ([$v[] | select(. != null and type != "array") | lua_from_json(.)] | if . == [] then {} else . end)
    else $v end;

def lua_event($v):
  if ($v | type) == "object" then lua_from_json($v) else error("the data is no object") end;

def lua_is_table($v):
  ($v | type) == "object" or ($v | type) == "array";

def lua_scalar($v):
  if lua_is_table($v) then error("a table gets a second name and changes later; write the script as a jq program") else $v end;

def lua_index($t; $k):
  $t | type
  | if . == "object" then (if ($k | type) == "string" then $t[$k] else null end)
    elif . == "array" then (if ($k | type) == "number" and $k >= 1 and $k <= ($t | length) then $t[$k - 1] else null end)
    elif . == "string" then null
    else error("a field of " + (if . == "null" then "nil" else . end) + " is asked for") end;

def lua_at($t; $path):
  reduce $path[] as $k ($t; lua_index(.; $k));

def lua_put_key($t; $k; $v):
  if ($k | type) == "string" then (if $v == null then $t | del(.[$k]) else $t + {($k): $v} end)
  elif $v == null then $t
  elif $t == {} and $k == 1 then [$v]
  else error("a table gets both names and numbers as keys") end;

def lua_put_element($t; $k; $v):
  ($t | length) as $n
  | if ($k | type) != "number" then (if $v == null then $t else error("a table gets both names and numbers as keys") end)
    elif $v == null and $k == $n then (if $n == 1 then {} else $t[0:-1] end)
    elif $v == null and ($k > $n or $k < 1) then $t
    elif $v == null or $k < 1 or $k > $n + 1 or ($k | floor) != $k then error("a list would get a gap")
    elif $k == $n + 1 then $t + [$v]
    else $t[0:$k - 1] + [$v] + $t[$k:] end;

def lua_put($t; $k; $v):
  if ($t | type) == "array" then lua_put_element($t; $k; $v)
  elif ($t | type) == "object" then lua_put_key($t; $k; $v)
  else error("a field of a value that is no table is set") end;

def lua_set($t; $path; $v):
  if ($path | length) == 1 then lua_put($t; $path[0]; $v)
  else lua_put($t; $path[0]; lua_set(lua_index($t; $path[0]); $path[1:]; $v)) end;

def lua_number($v):
  if ($v | type) == "number" then $v * 1.0
  elif ($v | type) == "string" and ($v | test("^ *-?[0-9]+(\\.[0-9]+)? *$")) then $v | tonumber * 1.0
  else go_wrong("a number"; $v) end;

def lua_text($v):
  $v | type
  | if . == "string" then $v
    elif . == "number" then (if $v == ($v | floor) and $v < 9e18 and $v > -9e18 then go_integer_text($v) else go_float_text($v) end)
    else go_wrong("a text or a number"; $v) end;

def lua_tostring($v):
  if $v == null then "nil" elif ($v | type) == "boolean" then $v | tostring else lua_text($v) end;

def lua_length($v):
  $v | type
  | if . == "string" then ($v | utf8bytelength)
    elif . == "array" then ($v | length)
    elif . == "object" then 0
    else go_wrong("a text or a table"; $v) end;

def lua_equal($a; $b):
  if lua_is_table($a) and lua_is_table($b) then error("two tables are compared") else $a == $b end;

def lua_modulo($a; $b):
  if $b == 0 then error("the rest of a division by 0 is no number") else $a - $b * ($a / $b | floor) end;

def lua_list($list):
  if $list | map(select(. == null)) != [] then error("a list would get a gap") else $list end;

def lua_table($pairs):
  reduce ($pairs[] | select(.[1] != null)) as $p ({}; . + {($p[0]): $p[1]});

def lua_result($v):
  if ($v | type) == "object" then $v else error("the script returns " + ($v | type) + "; expected a table with names as keys") end;
