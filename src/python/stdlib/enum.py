"""Enumerations: members are the class attributes that are no methods or dunders."""


class auto:
    value = None


class nonmember:
    def __init__(self, value):
        self.value = value


class member:
    def __init__(self, value):
        self.value = value


def _is_member(name, value):
    if name.startswith("_") and name.endswith("_"):
        return False
    if isinstance(value, (member, auto)):
        return True
    if isinstance(value, (property, classmethod, staticmethod, nonmember)):
        return False
    if isinstance(value, type):
        return False
    return not (hasattr(value, "__get__") or hasattr(value, "__set__"))


class EnumMeta(type):
    def __new__(metacls, name, bases, namespace, **kwargs):
        members = {}
        rest = {}
        annotations = namespace.get("__annotations__", {})
        ignored = namespace.get("_ignore_", [])
        if isinstance(ignored, str):
            ignored = ignored.replace(",", " ").split()
        for key, value in namespace.items():
            if key not in ignored and _is_member(key, value):
                members[key] = value.value if isinstance(value, member) else value
            else:
                rest[key] = value.value if isinstance(value, nonmember) else value
        cls = super().__new__(metacls, name, bases, rest)
        cls._member_map_ = {}
        cls._member_names_ = []
        cls._value2member_map_ = {}
        cls._annotated_ = annotations
        cls._data_type_ = metacls._find_data_type(bases)
        values = []
        for key, value in members.items():
            if isinstance(value, auto):
                value = cls._generate_next_value_(key, 1, len(values), values)
            elif isinstance(value, tuple) and any(isinstance(one, auto) for one in value):
                value = tuple(cls._generate_next_value_(key, 1, len(values), values) if isinstance(one, auto) else one for one in value)
            values.append(value)
            metacls._add(cls, key, value)
        return cls

    def __init__(cls, *args, **kwargs):
        pass

    @staticmethod
    def _find_data_type(bases):
        for base in bases:
            for one in base.__mro__:
                if one in (int, str, float, tuple, bytes):
                    return one
        return None

    @staticmethod
    def _add(cls, key, value):
        for known in cls._member_map_.values():
            if known._value_ == value and type(known._value_) is type(value):
                cls._member_map_[key] = known
                type.__setattr__(cls, key, known)
                return
        args = value if isinstance(value, tuple) else (value,)
        own_new = None
        for base in cls.__mro__:
            if "__new__" in base.__dict__ and base not in (object, Enum, int, str, float, tuple, bytes):
                own_new = base.__dict__["__new__"]
                break
        if own_new is not None and getattr(own_new, "__func__", own_new) is not None:
            one = getattr(own_new, "__func__", own_new)(cls, *args)
        elif cls._data_type_ is not None:
            one = cls._data_type_.__new__(cls, *(args if cls._data_type_ is not tuple else (args,)))
        else:
            one = object.__new__(cls)
        if "_value_" not in one.__dict__:
            one._value_ = value if cls._data_type_ is None or isinstance(value, tuple) else cls._data_type_(value)
        one._name_ = key
        one.__objclass__ = cls
        one._sort_order_ = len(cls._member_names_)
        init = cls.__init__
        if init is not Enum.__init__:
            one.__init__(*args)
        for known in cls._member_map_.values():
            if known._value_ == one._value_ and type(known._value_) is type(one._value_):
                cls._member_map_[key] = known
                type.__setattr__(cls, key, known)
                return
        cls._member_map_[key] = one
        cls._member_names_.append(key)
        try:
            cls._value2member_map_[one._value_] = one
        except TypeError:
            pass
        type.__setattr__(cls, key, one)

    def __call__(cls, value, names=None, **kwargs):
        if names is not None:
            return cls._create(value, names)
        if isinstance(value, cls):
            return value
        for one in cls._member_map_.values():
            if one._value_ == value:
                return one
        found = cls._missing_(value)
        if isinstance(found, cls):
            return found
        raise ValueError(f"{value!r} is not a valid {cls.__qualname__}")

    def _create(cls, name, names):
        if isinstance(names, str):
            names = names.replace(",", " ").split()
        pairs = names.items() if isinstance(names, dict) else names
        namespace = {}
        for index, one in enumerate(pairs):
            if isinstance(one, str):
                namespace[one] = one.lower() if issubclass(cls, StrEnum) else index + 1
            else:
                namespace[one[0]] = one[1]
        return type(cls)(name, (cls,), namespace)

    def __iter__(cls):
        return iter([cls._member_map_[name] for name in cls._member_names_])

    def __reversed__(cls):
        return reversed([cls._member_map_[name] for name in cls._member_names_])

    def __len__(cls):
        return len(cls._member_names_)

    def __bool__(cls):
        return True

    def __contains__(cls, value):
        if isinstance(value, cls):
            return value._name_ in cls._member_map_
        return any(one._value_ == value for one in cls._member_map_.values())

    def __getitem__(cls, name):
        return cls._member_map_[name]

    def __repr__(cls):
        return f"<enum {cls.__name__!r}>"

    @property
    def __members__(cls):
        return dict(cls._member_map_)


EnumType = EnumMeta


class property_(property):
    pass


class Enum(metaclass=EnumMeta):
    def __init__(self, *args, **kwargs):
        pass

    @staticmethod
    def _generate_next_value_(name, start, count, last_values):
        known = [value for value in last_values if isinstance(value, int)]
        return max(known) + 1 if known else start

    @classmethod
    def _missing_(cls, value):
        return None

    @property
    def name(self):
        return self._name_

    @property
    def value(self):
        return self._value_

    def __repr__(self):
        return f"<{self.__class__.__name__}.{self._name_}: {self._value_!r}>"

    def __str__(self):
        return f"{self.__class__.__name__}.{self._name_}"

    def __hash__(self):
        return hash(self._name_)

    def __eq__(self, other):
        if self is other:
            return True
        return NotImplemented

    def __format__(self, spec):
        return format(str(self), spec)

    def __copy__(self):
        return self

    def __deepcopy__(self, memo):
        return self


class ReprEnum(Enum):
    pass


class IntEnum(int, ReprEnum):
    def __str__(self):
        return int.__repr__(self._value_)

    def __eq__(self, other):
        return self._value_ == (other._value_ if isinstance(other, IntEnum) else other)

    def __hash__(self):
        return hash(self._value_)

    def __format__(self, spec):
        return format(self._value_, spec)


class StrEnum(str, ReprEnum):
    @staticmethod
    def _generate_next_value_(name, start, count, last_values):
        return name.lower()

    def __str__(self):
        return self._value_

    def __eq__(self, other):
        return self._value_ == (other._value_ if isinstance(other, StrEnum) else other)

    def __hash__(self):
        return hash(self._value_)

    def __format__(self, spec):
        return format(self._value_, spec)


class Flag(Enum):
    @staticmethod
    def _generate_next_value_(name, start, count, last_values):
        return 1 << len(last_values)

    @classmethod
    def _missing_(cls, value):
        if not isinstance(value, int):
            return None
        one = object.__new__(cls) if cls._data_type_ is None else cls._data_type_.__new__(cls, value)
        one._value_ = value
        one._name_ = "|".join(m._name_ for m in cls if m._value_ & value) or None
        return one

    def __or__(self, other):
        return self.__class__(self._value_ | (other._value_ if isinstance(other, Flag) else other))

    def __and__(self, other):
        return self.__class__(self._value_ & (other._value_ if isinstance(other, Flag) else other))

    def __xor__(self, other):
        return self.__class__(self._value_ ^ (other._value_ if isinstance(other, Flag) else other))

    def __invert__(self):
        total = 0
        for one in self.__class__:
            total |= one._value_
        return self.__class__(total & ~self._value_)

    def __contains__(self, other):
        return other._value_ & self._value_ == other._value_

    def __bool__(self):
        return bool(self._value_)

    def __eq__(self, other):
        return isinstance(other, Flag) and self._value_ == other._value_

    def __hash__(self):
        return hash(self._value_)


class IntFlag(int, Flag):
    pass


def unique(enumeration):
    names = [name for name, one in enumeration._member_map_.items() if name != one._name_]
    if names:
        raise ValueError(f"duplicate values found in {enumeration!r}: {', '.join(names)}")
    return enumeration


def verify(*checks):
    return lambda enumeration: enumeration


def global_enum(enumeration, update_str=False):
    return enumeration


property = property_
